// Two real pages of the running program in a call.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, Seat, until } from './chromium.mjs';
import { agree, Person } from './people.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Two people whose pages are in a call and see each other. */
async function inCall(names, { seconds = 300, options = [{}, {}] } = {}) {
  const people = await Promise.all(names.map((name) => Person.signUp(name)));
  await Promise.all(people.map((person) => person.enterLobby()));
  const { roomId } = await agree(people[0], people[1], seconds);
  const seats = await Promise.all(
    people.map((person, index) => Seat.take(browser, person, { path: `/call/${roomId}`, ...options[index] })),
  );
  await Promise.all(seats.map((seat) => seat.seesMotion()));
  for (const person of people) person.leave();
  return { roomId, people, seats };
}

function fine(seats) {
  assert.deepEqual(
    seats.flatMap((seat) => seat.problems),
    [],
  );
}

test('two pages talk, write, one is loaded again, and both find the call in their histories', async (t) => {
  const { roomId, people, seats } = await inCall(['Ada', 'Ben']);
  t.after(() => Promise.all(seats.map((seat) => seat.close())));
  const [ada, ben] = seats;
  await Promise.all(seats.map((seat) => seat.seesAndHears()));
  await ada.page.getByRole('timer').first().waitFor();

  await ada.page.getByRole('button', { name: 'Chat', exact: true }).click();
  await ada.page.getByRole('textbox', { name: 'Message' }).fill('Is this 1 < 2 > 0?');
  await ada.page.keyboard.press('Enter');
  await ben.page.getByRole('button', { name: 'Chat, 1 unread' }).click();
  await ben.page.getByRole('log').getByText('Is this 1 < 2 > 0?').waitFor();
  await ben.page.getByRole('textbox', { name: 'Message' }).pressSequentially('It is');
  await ada.page.getByText('Ben is typing').waitFor();
  await ben.page.keyboard.press('Enter');
  await ada.page.getByRole('log').getByText('It is').waitFor();

  await ben.page.reload();
  await Promise.all(seats.map((seat) => seat.seesAndHears()));
  await ben.page.getByRole('button', { name: 'Chat', exact: true }).click();
  await ben.page.getByRole('log').getByText('Is this 1 < 2 > 0?').waitFor();

  await ben.page.getByRole('button', { name: 'End the call' }).click();
  await ben.page.getByText('You ended the call.').waitFor();
  await ada.page.getByText('ended the call.').waitFor();
  await ada.page.getByText(/You talked for/).waitFor();
  for (const person of people) {
    const history = await until(`the call is in the history of ${person.name}`, async () =>
      (await person.get('/room/history')).json.history.find((entry) => entry.roomId === roomId),
    );
    assert.deepEqual(
      history.messages.map((message) => message.text),
      ['Is this 1 < 2 > 0?', 'It is'],
    );
  }
  fine(seats);
});
