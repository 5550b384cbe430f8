import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../../shared/base.css';
import '../../shared/answer.css';
import '../../shared/reading.css';
import './page.css';
import './messages.css';
import { Chat } from '../../shared/visitor/chat.ts';
import { Page } from './Page.tsx';

const chat = new Chat();
chat.start();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Page chat={chat} />
  </StrictMode>,
);
