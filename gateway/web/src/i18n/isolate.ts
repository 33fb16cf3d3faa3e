/** A name in a sentence: a name in another writing direction does not turn the rest of it around. */
export function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}
