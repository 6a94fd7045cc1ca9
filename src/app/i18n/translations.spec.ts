import { addingTexts } from './adding';
import { callTexts } from './call';
import { checkTexts } from './check';
import { crowdTexts } from './crowd';
import { devicesTexts } from './devices';
import { filesTexts } from './files';
import { hostingTexts } from './hosting';
import { knockTexts } from './knock';
import { laterTexts } from './later';
import { shortcutsTexts } from './shortcuts';
import { statisticsTexts } from './statistics';
import { logTexts } from './log';
import { messageTexts } from './message';
import { peopleTexts } from './people';
import { recordingsTexts } from './recordings';
import { scanTexts } from './scan';
import { shellTexts } from './shell';
import { signInTexts } from './sign-in';
import { troublesTexts } from './troubles';
import type { Messages } from './texts';

/** Texts that are the same in every language: names, and what is typed as it stands. */
const untranslated: ReadonlySet<string> = new Set(['app.name', 'home.codeHint']);

const parts = {
  shell: shellTexts,
  call: callTexts,
  files: filesTexts,
  crowd: crowdTexts,
  devices: devicesTexts,
  adding: addingTexts,
  hosting: hostingTexts,
  knock: knockTexts,
  later: laterTexts,
  shortcuts: shortcutsTexts,
  statistics: statisticsTexts,
  check: checkTexts,
  log: logTexts,
  message: messageTexts,
  people: peopleTexts,
  signIn: signInTexts,
  recordings: recordingsTexts,
  scan: scanTexts,
  troubles: troublesTexts,
};

const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();

for (const [name, part] of Object.entries(parts)) {
  describe(`the ${name}'s texts`, () => {
    const en: Messages = part.en;
    let zh: Messages;

    beforeAll(async () => (zh = await part.zh()));

    it('have the same keys in both languages', () => {
      expect(Object.keys(zh).toSorted()).toEqual(Object.keys(en).toSorted());
    });

    it('are never empty and have no space at their ends', () => {
      for (const messages of [en, zh]) {
        for (const [key, text] of Object.entries(messages)) {
          expect(text)
            .withContext(key)
            .toMatch(/^\S(.*\S)?$/su);
        }
      }
    });

    it('have the same placeholders in both languages', () => {
      for (const [key, text] of Object.entries(en)) {
        expect(placeholders(zh[key] ?? ''))
          .withContext(key)
          .toEqual(placeholders(text));
      }
    });

    it('are Chinese in Chinese and not in English', () => {
      for (const [key, text] of Object.entries(zh)) {
        const bare = text.replace(/\{\w+\}/g, '');
        expect(/\p{Script=Han}/u.test(bare) || untranslated.has(key) || !/\p{L}/u.test(bare))
          .withContext(`${key}: ${text}`)
          .toBeTrue();
        expect(en[key])
          .withContext(key)
          .not.toMatch(/\p{Script=Han}/u);
      }
    });

    it('are translated: no text but a name is the same in both', () => {
      for (const [key, text] of Object.entries(en)) {
        if (/\p{L}/u.test(text.replace(/\{\w+\}/g, '')) && !untranslated.has(key)) {
          expect(zh[key]).withContext(key).not.toBe(text);
        }
      }
    });

    it('come in pairs where they are counted', () => {
      for (const key of Object.keys(en)) {
        if (key.endsWith('.one'))
          expect(en).toEqual(
            jasmine.objectContaining({ [key.replace(/one$/, 'other')]: jasmine.any(String) }),
          );
      }
    });
  });
}
