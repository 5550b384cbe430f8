import { useEffect, useRef } from 'react';
import '../../shared/introduction.css';
import type { PreChat } from '../../shared/contract.ts';
import { load, remove } from '../../shared/storage.ts';
import type { Chat } from '../../shared/visitor/chat.ts';
import { english } from '../../shared/visitor/english.ts';
import { Introduction as Form } from '../../shared/visitor/introduction.ts';
import { draftKey } from './Composer.tsx';

const words = {
  ...english,
  before: 'Before we begin',
  name: 'Your name',
  email: 'Your e-mail address',
  field: 'Your message',
  start: 'Start the chat',
};

/** What the shop wants to know first: the same form as in the widget. */
export function Introduction({ chat, asked }: { chat: Chat; asked: PreChat }) {
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const form = new Form(({ name, email, message }) => {
      if (message) remove(draftKey);
      void chat.introduce(name, email, message);
    }, words);
    form.show(asked, { message: load<string>(draftKey) });
    place.current!.replaceChildren(form.element);
    form.focus();
  }, [chat, asked]);

  return <div className="first-view" ref={place} />;
}
