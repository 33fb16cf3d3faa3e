import { type ReactNode, useEffect, useId, useRef } from 'react';
import css from './design.module.css';

interface DialogProps {
  readonly title: string;
  /** Closed by Escape or a press beside it; left out for a dialog that must be answered. */
  readonly onClose?: (() => void) | undefined;
  /** Announced as an alert: something has happened that was not asked for. */
  readonly alert?: boolean;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** Stands over the page while it is drawn; the browser keeps the focus inside and gives it back. */
export function Dialog({ title, onClose, alert, children, actions }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      // The element leaves the page with the component, before the browser can give the focus back.
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      className={css['dialog']}
      aria-labelledby={id}
      role={alert ? 'alertdialog' : undefined}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onClick={(event) => {
        if (event.target === element.current && !inside(event.currentTarget, event.clientX, event.clientY)) onClose?.();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
      {actions !== undefined && <div className={css['actions']}>{actions}</div>}
    </dialog>
  );
}

function inside(element: HTMLElement, x: number, y: number): boolean {
  const box = element.getBoundingClientRect();
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}
