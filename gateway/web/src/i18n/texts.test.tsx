import { act, render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { chooseLanguage } from './language';
import { defineTexts, plural, useTexts } from './texts';

const texts = defineTexts(
  { people: (count: number) => `${count} ${plural('en', count, 'person', 'people')}` },
  { de: { people: (count: number) => `${count} ${plural('de', count, 'Person', 'Leute')}` } },
);

function Counted() {
  return <p>{useTexts(texts).people(2)}</p>;
}

it('draws everything anew when another language is chosen', () => {
  chooseLanguage('en');
  render(<Counted />);
  expect(screen.getByText('2 people')).toBeInTheDocument();

  act(() => chooseLanguage('de'));

  expect(screen.getByText('2 Leute')).toBeInTheDocument();
  expect(localStorage.getItem('napalmsky.language')).toBe('de');
});
