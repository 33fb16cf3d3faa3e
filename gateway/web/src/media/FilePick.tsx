import { useRef } from 'react';
import { Button } from '../design';
import css from './media.module.css';

/** A button that asks for a file. */
export function FilePick(props: { readonly label: string; readonly accept: string; readonly onPick: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        className={css['file']}
        type="file"
        accept={props.accept}
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) props.onPick(file);
        }}
      />
      <Button look="quiet" onClick={() => input.current?.click()}>
        {props.label}
      </Button>
    </>
  );
}
