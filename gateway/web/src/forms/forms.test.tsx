import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { ApiError } from '../api/refusal';
import { show } from '../testing/gateway';
import { Ask } from './Ask';
import { NewPasswordField } from './credentials';
import { Form } from './Form';

function gate() {
  let open: () => void = () => undefined;
  let fail: (cause: unknown) => void = () => undefined;
  const work = vi.fn(
    () =>
      new Promise<void>((resolve, reject) => {
        open = resolve;
        fail = reject;
      }),
  );
  return { work, open: () => open(), fail: (cause: unknown) => fail(cause) };
}

function Sample({ work }: { readonly work: () => Promise<unknown> }) {
  const [value, setValue] = useState('');
  return (
    <Form submit="Send" onSubmit={work}>
      <NewPasswordField value={value} onChange={setValue} />
    </Form>
  );
}

it('a form is sent once, however often it is pressed', async () => {
  const { work, open } = gate();
  show(<Sample work={work} />);
  await userEvent.type(screen.getByLabelText('Password'), 'long enough');

  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  await userEvent.type(screen.getByLabelText('Password'), '{Enter}');
  expect(work).toHaveBeenCalledTimes(1);

  await act(async () => open());
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(work).toHaveBeenCalledTimes(2);
});

it('a form that could not be sent says why, and keeps what was typed', async () => {
  const { work, fail } = gate();
  show(<Sample work={work} />);
  await userEvent.type(screen.getByLabelText('Password'), 'long enough{Enter}');

  await act(async () => fail(new ApiError(400, { error: 'newPassword is a common one' }, 0)));

  expect(screen.getByRole('alert')).toHaveTextContent('newPassword is a common one');
  expect(screen.getByLabelText('Password')).toHaveValue('long enough');
});

it('what cannot be undone is done by the button that says so, and not by Cancel', async () => {
  const done = vi.fn(async () => undefined);
  const closed = vi.fn();
  show(
    <Ask title="Sure?" action="Do it" onAction={done} onClose={closed}>
      <p>Really?</p>
    </Ask>,
  );

  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(closed).toHaveBeenCalledTimes(1);
  expect(done).not.toHaveBeenCalled();

  await userEvent.click(screen.getByRole('button', { name: 'Do it' }));
  expect(done).toHaveBeenCalledTimes(1);
});
