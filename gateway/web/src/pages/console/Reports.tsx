import type { Schema } from '../../api/client';
import { dateTime } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import css from './console.module.css';
import { moderationTexts } from './moderationTexts';
import { PersonLink } from './people';
import { consoleTexts } from './texts';

interface ReportProps {
  readonly report: Schema<'ReportEntry'>;
  /** Whether it is known already whom it is about. */
  readonly ofKnown?: boolean;
}

/** What somebody said of somebody. */
export function Report({ report, ofKnown }: ReportProps) {
  const t = useTexts(moderationTexts);
  const shared = useTexts(consoleTexts);
  return (
    <div className={css['text']}>
      <p>
        {!ofKnown && (
          <>
            <strong>
              <PersonLink userId={report.reportedUserId} name={report.reportedUserName} />
            </strong>{' '}
          </>
        )}
        {t.by} <PersonLink userId={report.reporterUserId} name={report.reporterName} />
      </p>
      <blockquote className={css['quote']} dir="auto">
        {report.reason === '' ? shared.noReason : report.reason}
      </blockquote>
      <p className={css['soft']}>
        {dateTime(report.timestamp)}
        {report.reporterIp !== null && ` · ${t.from} ${report.reporterIp}`}
        {report.roomId !== undefined && (
          <>
            {' · '}
            {t.call} <span className={css['code']}>{report.roomId}</span>
          </>
        )}
      </p>
    </div>
  );
}
