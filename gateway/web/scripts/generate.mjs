// Writes the types of the API and of the socket events from the files that describe them, so that
// the compiler finds each place that a change of a contract breaks.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

const resources = new URL('../../src/main/resources/', import.meta.url);
const sources = new URL('../src/', import.meta.url);

export async function httpTypes() {
  return astToString(await openapiTS(new URL('openapi.yaml', resources)));
}

/** Each direction as a map from the event's name to its payload; void for none. */
export async function eventTypes() {
  const described = parse(await readFile(new URL('asyncapi.yaml', resources), 'utf8'));
  const messages = described.components.messages;
  const schemas = { ...described.components.schemas };
  for (const [key, message] of Object.entries(messages)) {
    if (message.payload) schemas[`of_${key}`] = message.payload;
  }
  const ast = await openapiTS(
    {
      openapi: '3.1.0',
      info: { title: 'events', version: '1' },
      paths: {},
      components: { schemas },
    },
    // Of offers and candidates the gateway knows only that they are objects.
    { emptyObjectsUnknown: true },
  );
  const direction = (channel) =>
    Object.values(described.channels[channel].messages)
      .map((reference) => reference.$ref.split('/').at(-1))
      .map((key) => {
        const { name, payload } = messages[key];
        return `  '${name}': ${payload ? `components['schemas']['of_${key}']` : 'void'};`;
      })
      .join('\n');
  return [
    astToString(ast),
    '/** What this client may send. */',
    `export interface FromClient {\n${direction('fromClient')}\n}`,
    '/** What the gateway may send. */',
    `export interface ToClient {\n${direction('toClient')}\n}`,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(new URL('api/schema.gen.ts', sources), await httpTypes());
  await writeFile(new URL('socket/events.gen.ts', sources), await eventTypes());
}
