import { useEffect, useLayoutEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { callPath } from '../app/paths';
import { toast } from '../design';
import { textsOf } from '../i18n/texts';
import { IncomingInvite } from '../invite/IncomingInvite';
import { lobbyTexts } from '../lobby/texts';
import { ConnectionBanner } from './ConnectionBanner';
import { availability, follow } from './here';

/** Keeps the user's availability in step with the page, on every page; and what may appear because of it. */
export function Following() {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const go = useRef(navigate);
  useLayoutEffect(() => {
    go.current = navigate;
  });
  const inCall = pathname.startsWith(callPath(''));
  useEffect(() => availability.inCall(inCall), [inCall]);
  useEffect(
    () =>
      follow(
        (call) => void go.current(callPath(call.roomId), { state: call }),
        () => toast(textsOf(lobbyTexts).back),
      ),
    [],
  );
  return (
    <>
      <ConnectionBanner />
      <IncomingInvite />
    </>
  );
}
