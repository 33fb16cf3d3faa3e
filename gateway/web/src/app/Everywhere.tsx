import { Following } from '../away/Following';
import { SessionNotices } from '../notices/SessionNotices';

/**
 * What may appear on any page: notices of a ban or of a sign-in elsewhere, of a lost connection, and
 * invites. Each of them draws nothing while there is nothing to say.
 */
export function Everywhere() {
  return (
    <>
      <Following />
      <SessionNotices />
    </>
  );
}
