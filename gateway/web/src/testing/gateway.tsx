import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter, useLocation } from 'react-router';
import { vi } from 'vitest';
import { Toasts } from '../design/toast';
import { chooseLanguage } from '../i18n/language';
import { signIn, standing } from '../session/session';

/** What a route answers: the JSON of a 200, or anything else as a `Response`. */
type Answer = unknown | Response;
type Answers = Record<string, (asked: { url: URL; body: unknown }) => Answer>;

export function refused(status: number, body: unknown = { error: 'no' }, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

/**
 * Stands in for the gateway: answers by method and path, such as `GET /user/blocks`. Answers what was
 * asked, in order, as method and path with query.
 */
export function gateway(answers: Answers): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url);
    asked.push(`${request.method} ${url.pathname}${url.search}`);
    const text = await request.text();
    const answer = answers[`${request.method} ${url.pathname}`];
    if (answer === undefined) return refused(404, { error: `nobody answers ${request.method} ${url.pathname}` });
    const given = answer({ url, body: text === '' ? undefined : JSON.parse(text) });
    return given instanceof Response ? given : refused(200, given);
  });
  return asked;
}

function Where() {
  const { pathname, search } = useLocation();
  return <output aria-label="address">{pathname + search}</output>;
}

/** Draws something as a member sees it, with the address beside it. */
export function show(page: ReactNode, { path = '/', accountType = 'guest' as 'guest' | 'permanent' } = {}): void {
  chooseLanguage('en');
  standing.set({ kind: 'good' });
  signIn({ token: 'secret', userId: 'me', accountType });
  render(
    <MemoryRouter initialEntries={[path]}>
      {page}
      <Where />
      <Toasts />
    </MemoryRouter>,
  );
}
