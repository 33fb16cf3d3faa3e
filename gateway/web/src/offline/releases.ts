import { toast } from '../design';
import { defineTexts, textsOf } from '../i18n/texts';
import { connection } from '../socket/connection';

const texts = defineTexts(
  { newer: 'There is a new version of Napalm Sky.', load: 'Load it' },
  { de: { newer: 'Es gibt eine neue Version von Napalm Sky.', load: 'Laden' } },
);

/** A page that stays open for days asks this often for a new release. */
const ASK_AGAIN_MS = 3_600_000;

/** The script this page was started with, whose name tells the release. */
function opened(): string {
  return document.querySelector('script[type="module"]')?.getAttribute('src') ?? '';
}

/**
 * Has the client kept on this device, so that it starts without a network, and says when there is a
 * newer one. A browser that refuses works as before, with a network.
 */
export async function keepRelease(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  let registration: ServiceWorkerRegistration;
  try {
    registration = await serviceWorker.register('/worker.js', { updateViaCache: 'none' });
  } catch {
    return;
  }
  const ask = (worker: ServiceWorker | null): void => worker?.postMessage({ open: opened(), now: false });
  const load = (): void => {
    const { waiting } = registration;
    if (waiting === null) {
      location.reload();
      return;
    }
    serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting.postMessage({ open: opened(), now: true });
  };
  serviceWorker.addEventListener('message', () => {
    const t = textsOf(texts);
    toast(t.newer, { name: t.load, act: load });
  });
  // Another tab may have let the new release in.
  serviceWorker.addEventListener('controllerchange', () => ask(serviceWorker.controller));
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed') ask(registration.waiting);
    });
  });
  ask(registration.waiting);
  askAgain(registration);
}

/** A gateway that went away may have come back as a newer one. */
function askAgain(registration: ServiceWorkerRegistration): void {
  let asked = Date.now();
  const look = (): void => {
    asked = Date.now();
    // Without a network it is asked the next time.
    registration.update().catch(() => {});
  };
  let before = connection.state.get();
  connection.state.subscribe(() => {
    const now = connection.state.get();
    if (before !== 'connecting' && now === 'open') look();
    before = now;
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && Date.now() - asked > ASK_AGAIN_MS) look();
  });
}
