import type { ComponentType } from 'react';
import { Navigate, useParams } from 'react-router';
import { consolePath } from '../../app/paths';
import { useTexts } from '../../i18n/texts';
import { AddressesTab } from './AddressesTab';
import { AnnouncementsTab } from './AnnouncementsTab';
import { AuditTab } from './AuditTab';
import { BansTab } from './BansTab';
import { CodesTab } from './CodesTab';
import { Desk, type Tab } from './Desk';
import { LiveTab } from './LiveTab';
import { ReportsTab } from './ReportsTab';
import { ReviewsTab } from './ReviewsTab';
import { consoleTexts } from './texts';
import { UsersTab } from './UsersTab';

const parts: Readonly<Record<Tab, ComponentType>> = {
  live: LiveTab,
  reviews: ReviewsTab,
  reports: ReportsTab,
  bans: BansTab,
  users: UsersTab,
  codes: CodesTab,
  addresses: AddressesTab,
  announcements: AnnouncementsTab,
  audit: AuditTab,
};

/** One part of the console. */
export default function ConsolePage() {
  const t = useTexts(consoleTexts);
  const { tab = '' } = useParams();
  if (!Object.hasOwn(parts, tab)) return <Navigate to={consolePath('live')} replace />;
  const part = tab as Tab;
  const Part = parts[part];
  return (
    <Desk title={t[part]}>
      <Part />
    </Desk>
  );
}
