/** What the browser tells of the page's life, in the words of this client. */
export interface PageSignals {
  /** The page cannot be seen, or can be again. */
  hidden(hidden: boolean): void;
  /** Frozen, kept for the way back, or closed: no timer runs any more. */
  stopped(): void;
  /** Taken out of the browser's memory of pages, or the network is there again, or it slept. */
  woke(): void;
}

export interface Page {
  readonly document: EventTarget & Pick<Document, 'visibilityState' | 'hasFocus'>;
  readonly window: EventTarget;
  /** Phones of one maker show other programs over a page without hiding it. */
  readonly losesFocusWhenCovered: boolean;
}

const LOOK_MS = 5_000;
/** A page that is seen is never this late by itself; background pages are, and are not looked at. */
const SLEPT_MS = 20_000;

/** Listens until what it answers is called. */
export function watchPage(page: Page, signals: PageSignals): () => void {
  const { document, window } = page;
  const covered = (): boolean => page.losesFocusWhenCovered && !document.hasFocus();
  const seen = (): void => signals.hidden(document.visibilityState === 'hidden' || covered());
  const shown = (): void => {
    seen();
    if (document.visibilityState === 'visible') signals.woke();
  };
  const stopped = (): void => signals.stopped();
  const restored = (event: Event): void => {
    seen();
    if ((event as PageTransitionEvent).persisted) signals.woke();
  };
  const online = (): void => signals.woke();

  let looked = Date.now();
  const timer = setInterval(() => {
    const late = Date.now() - looked;
    looked = Date.now();
    if (late > SLEPT_MS && document.visibilityState === 'visible') signals.woke();
  }, LOOK_MS);

  const listeners: readonly (readonly [EventTarget, string, (event: Event) => void])[] = [
    [document, 'visibilitychange', shown],
    [document, 'freeze', stopped],
    [document, 'resume', shown],
    [window, 'pagehide', stopped],
    [window, 'pageshow', restored],
    [window, 'online', online],
    ...(page.losesFocusWhenCovered
      ? ([
          [window, 'blur', seen],
          [window, 'focus', seen],
        ] as const)
      : []),
  ];
  for (const [target, type, listener] of listeners) target.addEventListener(type, listener);
  seen();
  return () => {
    clearInterval(timer);
    for (const [target, type, listener] of listeners) target.removeEventListener(type, listener);
  };
}

/** This browser's page. */
export function thisPage(): Page {
  const phone = /iPad|iPhone|iPod/.test(navigator.userAgent);
  // A tablet of that maker calls itself a desktop computer, but desktops have no touch screen.
  const tablet = navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1;
  return { document, window, losesFocusWhenCovered: phone || tablet };
}
