import createClient, { type Middleware } from 'openapi-fetch';
import { refusalOf } from '../../api/refusal';
import type { paths } from '../../api/schema.gen';
import { admin, lost } from './admin';

const SCHEME = 'Bearer ';

const asAdmin: Middleware = {
  onRequest({ request }) {
    const current = admin.get();
    if (current !== null && !request.headers.has('authorization')) {
      request.headers.set('authorization', SCHEME + current.token);
    }
    return request;
  },
  async onResponse({ request, response }) {
    const sent = request.headers.get('authorization');
    if (sent === null || !sent.startsWith(SCHEME)) return;
    const token = sent.slice(SCHEME.length);
    if (response.status === 401) {
      lost(token);
    } else if (response.status === 403 && (await refusalOf(response.clone())).body['banned'] === true) {
      lost(token);
    }
  },
};

/**
 * The API as the admin of this tab asks it. What it answers says nothing of the session of whoever is
 * signed in to meet people.
 */
export const desk = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? '',
  // Looked up when it is called, so that tests can stand in for the network.
  fetch: (request) => globalThis.fetch(request),
});
desk.use(asAdmin);
