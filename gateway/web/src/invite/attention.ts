/** How the user is told of something while he looks at another window: the title, and the system. */

const FLASH_MS = 1_000;

export interface Told {
  /** Takes all of it back. */
  end(): void;
}

/** Says it in the title, in turn with what stood there. */
export function flashTitle(text: string): Told {
  const before = document.title;
  document.title = text;
  const timer = setInterval(() => {
    document.title = document.title === text ? before : text;
  }, FLASH_MS);
  return {
    end: () => {
      clearInterval(timer);
      // Another page may have set its own meanwhile.
      if (document.title === text) document.title = before;
    },
  };
}

/** Whether the system may be asked to show something: `ask` when the user was not asked yet. */
export function notices(): 'shown' | 'ask' | 'refused' {
  if (typeof Notification === 'undefined' || Notification.permission === 'denied') return 'refused';
  return Notification.permission === 'granted' ? 'shown' : 'ask';
}

/**
 * Asks the user whether the system may show notices.
 *
 * @param prompting said before the question; what it answers is said after it
 */
export async function askForNotices(prompting: () => () => void): Promise<boolean> {
  if (notices() !== 'ask') return notices() === 'shown';
  const over = prompting();
  try {
    return (await Notification.requestPermission()) === 'granted';
  } catch {
    return false;
  } finally {
    over();
  }
}

/** Shows a notice of the system if the user allowed it and looks elsewhere; a touch brings the page to the front. */
export function showNotice(title: string, body: string, tag: string): Told {
  if (notices() !== 'shown' || document.hasFocus()) return { end: () => {} };
  try {
    const notice = new Notification(title, { body, tag, requireInteraction: true });
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
    return { end: () => notice.close() };
  } catch {
    // Phones only take them from a service worker; their page is hidden then, and not in the lobby.
    return { end: () => {} };
  }
}
