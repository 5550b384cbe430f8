import tokens from '../../tokens.css?inline';
import asked from '../../shared/asked.css?inline';
import introduction from '../../shared/introduction.css?inline';
import widget from './widget.css?inline';

/**
 * The design's values for a shadow root: they belong to its host, sizes do not follow the page's root element, and no
 * font is fetched. A constructed style sheet works where the page's policy forbids inline styles.
 */
export function styles(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    tokens.replaceAll(':root', ':host').replace(/([\d.]+)rem/g, (_, size: string) => `${Number(size) * 16}px`) + widget + introduction + asked,
  );
  return sheet;
}
