import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useStore } from '../../app/store';
import type { CallSession } from '../../call/callSession';
import { type Line, LONGEST_LINE, networks } from '../../call/chat';
import { Button, Icon, IconButton } from '../../design';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import css from './call.module.css';
import { callTexts } from './texts';

interface ChatPanelProps {
  readonly call: CallSession;
  readonly name: string;
  readonly onClose: () => void;
}

/** When so few are left, it is said. */
const FEW_LEFT = 50;

export function ChatPanel({ call, name, onClose }: ChatPanelProps) {
  const t = useTexts(callTexts);
  const { lines, typingUntil } = useStore(call.chat);
  const [text, setText] = useState('');
  const input = useRef<HTMLTextAreaElement>(null);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    input.current?.focus();
  }, []);
  // In braces: newer browsers answer with a promise, which React would take for a clean-up.
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [lines, typingUntil]);
  // As the gateway counts, which cuts what is longer: most emoji count as two and more.
  const length = text.trim().length;
  const send = () => {
    if (length > LONGEST_LINE) return;
    call.say(text);
    setText('');
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While a character is being put together, Enter belongs to the keyboard.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    }
  };
  return (
    <section
      className={css['chat']}
      aria-labelledby="chat"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header className={css['chatHead']}>
        <h2 id="chat">{t.chatTitle}</h2>
        <IconButton label={t.closeChat} onClick={onClose}>
          <Icon name="close" />
        </IconButton>
      </header>
      <div className={css['lines']} role="log" aria-live="polite" aria-labelledby="chat" tabIndex={0}>
        {lines.length === 0 && <p className={css['hint']}>{t.chatEmpty}</p>}
        {lines.map((line) => (
          <ChatLine key={line.key} line={line} name={name} />
        ))}
        <p className={css['typing']}>{typingUntil > 0 ? t.typing(name) : ''}</p>
        <div ref={end} />
      </div>
      <form
        className={css['write']}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <textarea
          ref={input}
          className={css['writeText']}
          aria-label={t.message}
          aria-describedby={length > LONGEST_LINE - FEW_LEFT ? 'chat-left' : undefined}
          aria-invalid={length > LONGEST_LINE ? true : undefined}
          dir="auto"
          rows={1}
          value={text}
          placeholder={t.message}
          onChange={(event) => {
            setText(event.target.value);
            call.typing();
          }}
          onKeyDown={onKeyDown}
        />
        <Button type="submit" disabled={text.trim() === '' || length > LONGEST_LINE}>
          {t.send}
        </Button>
        {length > LONGEST_LINE - FEW_LEFT && (
          <span id="chat-left" className={css['hint']}>
            {length > LONGEST_LINE ? t.tooMany(length - LONGEST_LINE) : t.left(LONGEST_LINE - length)}
          </span>
        )}
      </form>
    </section>
  );
}

function ChatLine({ line, name }: { readonly line: Line; readonly name: string }) {
  const t = useTexts(callTexts);
  const language = useLanguage();
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  return (
    <div className={css['line']} data-from={line.from}>
      {line.socials === null ? (
        <p dir="auto">{line.text}</p>
      ) : (
        <>
          <p>{line.from === 'me' ? t.youShared : t.someoneShared(name)}</p>
          <ul className={css['shared']}>
            {networks.map((network) => {
              const account = line.socials?.[network];
              return (
                account !== undefined && (
                  <li key={network}>
                    {network}: <bdi>{account}</bdi>
                  </li>
                )
              );
            })}
          </ul>
        </>
      )}
      {line.at > 0 && <time dateTime={new Date(line.at).toISOString()}>{time.format(line.at)}</time>}
    </div>
  );
}
