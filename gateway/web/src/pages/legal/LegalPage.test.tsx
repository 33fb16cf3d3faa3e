import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { beforeEach, describe, expect, it } from 'vitest';
import { legalPage } from '../../../scripts/legal';
import { legalPath, paths } from '../../app/paths';
import { chooseLanguage, type Language, languages } from '../../i18n/language';
import { legalDocuments, loadLegal } from './documents';
import LegalPage from './LegalPage';

const operator = { name: 'Ada & Co', email: 'ada@example.org' };

function open(path: string): void {
  const router = createMemoryRouter([{ path: paths.legal, element: <LegalPage /> }], { initialEntries: [path] });
  render(<RouterProvider router={router} />);
}

describe('a document', () => {
  beforeEach(() => chooseLanguage('en'));

  it('is read in the language of the page, and again when another one is chosen', async () => {
    open(legalPath('terms'));
    expect(await screen.findByRole('heading', { level: 1, name: 'Terms of use' })).toBeVisible();
    expect(await screen.findByRole('heading', { level: 2, name: 'Reports and bans' })).toBeVisible();

    act(() => chooseLanguage('de'));

    expect(await screen.findByRole('heading', { level: 1, name: 'Nutzungsbedingungen' })).toBeVisible();
  });

  it('leads to another one without loading the site again', async () => {
    open(legalPath('terms'));

    await userEvent.click(await screen.findByRole('link', { name: 'community' }));

    expect(await screen.findByRole('heading', { level: 1, name: 'Community rules' })).toBeVisible();
  });

  it('that does not exist is not found', async () => {
    open('/legal/toString');

    expect(await screen.findByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  });

  const whole = legalDocuments.flatMap((document) =>
    (Object.keys(languages) as Language[]).map((language) => [document, language] as const),
  );
  it.each(whole)('%s is there in %s, whole and without anything that runs', async (document, language) => {
    const { title, html } = await loadLegal(document, language);
    const element = new DOMParser().parseFromString(html, 'text/html');

    expect(title).not.toBe('');
    expect(element.querySelectorAll('h2').length).toBeGreaterThan(1);
    expect(element.body.textContent).not.toMatch(/[{}<>]|\]\(/);
    expect(element.querySelectorAll('script, style, iframe, img, [style], [onclick]')).toHaveLength(0);
    for (const link of element.querySelectorAll('a')) {
      const [path, address] = [link.getAttribute('href') ?? '', paths.legal.replace(':document', '')];
      const known = legalDocuments.some((one) => path === address + one);
      expect(known || path === paths.blacklist || path.startsWith('mailto:'), path).toBe(true);
    }
  });
});

describe('what is made of Markdown', () => {
  it('shows HTML as text and has no link that runs', () => {
    const { html } = legalPage('# T\n<script>alert(1)</script>\n\n<b onclick="x">[go](javascript:alert(1))', operator);

    expect(html).not.toMatch(/<script|<b |javascript:/);
    expect(html).toContain('<a href="">go</a>');
  });

  it('says who runs the service', () => {
    expect(legalPage('# T\n{name}: {email}', operator).html).toContain('Ada &amp; Co: ada@example.org');
  });

  it.each([
    ['no title', 'begins with its title'],
    ['# T\n{fax}', '{fax}'],
  ])('of "%s" is refused', (markdown, why) => {
    expect(() => legalPage(markdown, operator)).toThrow(why);
  });
});
