import type { PageContext } from '../../shared/contract.ts';
import { services } from '../../shared/http.ts';
import { visitor, type Identity } from '../../shared/visitor/service.ts';
import { WidgetElement } from './element.ts';
import { readSettings } from './settings.ts';

interface Api {
  open(): void;
  close(): void;
  /** Who is signed in on the page; proven where the shop's server signed it. */
  identify(user: Partial<Identity> & { name?: string; email?: string }): void;
  /** What the page shows: it goes with the messages that are written on it. */
  setContext(context: PageContext | undefined): void;
}

declare global {
  interface Window {
    Assistify?: Api;
  }
}

const tag = 'assistify-widget';
const script = document.currentScript as HTMLScriptElement | null;

function begin(): void {
  const settings = readSettings(script);
  services.origin = settings.origin;
  visitor.workspaceKey = settings.workspaceKey;
  customElements.define(tag, WidgetElement);
  const element = document.createElement(tag) as WidgetElement;
  element.begin(settings);
  document.body.append(element);
  window.Assistify = {
    open: () => element.open(),
    close: () => element.close(),
    identify: (user) => element.identify(user),
    setContext: (context) => element.setContext(context),
  };
  dispatchEvent(new CustomEvent('assistify:ready'));
}

// The tag may be there twice, and in the head before there is a body.
if (!customElements.get(tag)) {
  if (document.body) begin();
  else addEventListener('DOMContentLoaded', begin, { once: true });
}
