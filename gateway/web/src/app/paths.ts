import pages from './pages.json';

/**
 * Every page of the client. The same file tells the gateway at which addresses it serves the page,
 * so that all others stay with the API.
 */
export const paths = pages;

export function callPath(roomId: string): string {
  return paths.call.replace(':roomId', encodeURIComponent(roomId));
}

export type LegalDocument = 'terms' | 'privacy' | 'conduct' | 'cookies' | 'community' | 'content';

export function legalPath(document: LegalDocument): string {
  return paths.legal.replace(':document', document);
}

export function consolePath(tab: string): string {
  return paths.consoleTab.replace(':tab', encodeURIComponent(tab));
}

export function consoleUserPath(userId: string): string {
  return paths.consoleUser.replace(':userId', encodeURIComponent(userId));
}
