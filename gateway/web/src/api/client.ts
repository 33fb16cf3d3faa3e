import createClient, { type Middleware } from 'openapi-fetch';
import { banned, displaced, session, signOut } from '../session/session';
import { ApiError, refusalOf } from './refusal';
import type { components, paths } from './schema.gen';

/** A type of the API's description, such as `Schema<'Account'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

const guarded: Middleware = {
  onRequest({ request }) {
    const current = session.get();
    if (current !== null && !request.headers.has('authorization')) {
      request.headers.set('authorization', `Bearer ${current.token}`);
    }
    return request;
  },
  async onResponse({ request, response }) {
    const sent = request.headers.get('authorization');
    const own = sent !== null && sent === `Bearer ${session.get()?.token ?? ''}`;
    if (!own || (response.status !== 401 && response.status !== 403)) return;
    const refusal = await refusalOf(response.clone());
    if (response.status === 401) {
      if (refusal.body['sessionInvalidated'] === true) displaced();
      else signOut();
    } else if (refusal.body['banned'] === true) {
      banned(refusal.message);
    }
  },
};

/** The API; every path, parameter and answer is typed by `openapi.yaml`. */
export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? '',
  // Looked up when it is called, so that tests can stand in for the network.
  fetch: (request) => globalThis.fetch(request),
});
api.use(guarded);

type Answered<T> = { data?: T; error?: unknown; response: Response };

/**
 * What was asked for.
 *
 * @throws ApiError with what the gateway refused it with, or status 0 when it was not reached
 */
export async function of<T>(asked: Promise<Answered<T>>): Promise<T> {
  let answer: Answered<T>;
  try {
    answer = await asked;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, {}, 0);
  }
  const { data, error, response } = answer;
  if (!response.ok) throw ApiError.of(response, error);
  return data as T;
}
