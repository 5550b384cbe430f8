import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../../shared/base.css';
import '../../shared/answer.css';
import '../../shared/reading.css';
import './shell.css';
import { App } from './App.tsx';
import { Session } from './session/session.ts';

const session = new Session();
session.start();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App session={session} />
  </StrictMode>,
);
