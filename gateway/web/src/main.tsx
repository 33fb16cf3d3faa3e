import './design/tokens.css';
import './design/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no #app');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

// After the page: it must not wait for what is kept for the next time.
if (import.meta.env.PROD) {
  addEventListener('load', () => void import('./offline/releases').then(({ keepRelease }) => keepRelease()).catch(() => {}));
}
