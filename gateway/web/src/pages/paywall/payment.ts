/** What happens between this site and the page that one pays on. */

const KEY = 'napalmsky.paying';

/** Notes in this window that its user has gone to pay; whoever comes back without is told so. */
export function leaveToPay(): void {
  try {
    sessionStorage.setItem(KEY, 'yes');
  } catch {
    // Then he comes back as to any page.
  }
}

/** Whether this window's user had gone to pay, and has not been told how that ended. */
export function leftToPay(): boolean {
  try {
    return sessionStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

export function cameBack(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // There is nothing then.
  }
}

/**
 * Asks until a payment has arrived; false when it has not after the last attempt. A question that
 * fails is one that was answered with no.
 */
export async function arrives(
  paid: () => Promise<boolean>,
  pause: () => Promise<void>,
  attempts: number,
): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    if (await paid().catch(() => false)) return true;
    if (attempt >= attempts) return false;
    await pause();
  }
}
