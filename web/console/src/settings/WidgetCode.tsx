import { Copy } from './Copy.tsx';
import { Section } from './Section.tsx';

export function WidgetCode() {
  const tag = `<script src="${location.origin}/widget.js" data-workspace-key="demo" async></script>`;
  return (
    <Section about="The chat on your own pages: one line before the end of the page’s body." loading={false} problem={undefined} title="Widget">
      <Copy label="script tag" value={tag} />
      <p className="about widget-help">
        The key says which workspace answers; the demo shop’s is shown. The origin of the page has to be one of ASSISTIFY_ALLOWED_ORIGINS.
      </p>
    </Section>
  );
}
