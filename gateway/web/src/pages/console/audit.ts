/** Everything that the audit log may say was done; docs/contracts/admin.md tells what each means. */
export const actions = [
  'admin.made',
  'admin.password-replaced',
  'admin.log-in',
  'admin.log-in-refused',
  'admin.log-in-locked',
  'admin.log-out',
  'admin.refused',
  'user.inspected',
  'user.role-set',
  'user.role-refused',
  'call.ended',
  'announcement.made',
  'announcement.withdrawn',
  'ban.applied',
  'ban.reviewed',
  'ban.review-refused',
  'ban.lifted',
  'ban.lift-refused',
  'ip-ban.made',
  'ip-ban.lifted',
  'code.generated',
  'code.deactivated',
] as const;

export type Action = (typeof actions)[number];

export function isAction(text: string | null): text is Action {
  return actions.some((action) => action === text);
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isId(text: string): boolean {
  return ID.test(text);
}

/** Whether what was done was done to a person, of whom there may be a page. */
export function toPerson(action: string, subject: string | null): subject is string {
  if (subject === null || !isId(subject)) return false;
  return /^(admin|user|ban)\./.test(action);
}

const MOMENTS: ReadonlySet<string> = new Set(['until', 'endsAt', 'expiresAt']);

/** What is said in the details of an entry; moments as such. */
export function detailsOf(
  details: Readonly<Record<string, string>>,
  moment: (millis: number) => string,
): readonly (readonly [string, string])[] {
  return Object.entries(details)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [name, momentOf(name, value, moment)] as const);
}

function momentOf(name: string, value: string, moment: (millis: number) => string): string {
  if (!MOMENTS.has(name)) return value;
  const millis = Date.parse(value);
  return Number.isNaN(millis) ? value : moment(millis);
}
