import { linkify } from './linkify';
import { within } from '../../../testing/within';

const links = (text: string) =>
  linkify(text).flatMap(({ text: shown, href }) => (href === null ? [] : [[shown, href]]));

describe('linkify', () => {
  it('loses nothing of the text', () => {
    for (const text of [
      '',
      'a',
      'see https://a.example, ok?\n\nwww.b.example!',
      'https://',
      '((https://c.example/(x)))',
    ]) {
      expect(
        linkify(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
    }
  });

  it('finds addresses, without punctuation at the end of the sentence', () => {
    expect(
      links('See https://example.org/a?b=c#d. And www.example.com, (http://example.net/x_(y)).'),
    ).toEqual([
      ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
      ['www.example.com', 'https://www.example.com/'],
      ['http://example.net/x_(y)', 'http://example.net/x_(y)'],
    ]);
    expect(links('看 https://example.org/路径。好')[0]?.[0]).toBe('https://example.org/路径。好');
  });

  it('links only http and https', () => {
    for (const text of [
      'javascript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:x',
      'file:///etc/passwd',
      'JaVaScRiPt://www%0aalert(1)',
      'ftp://example.org',
      'https://',
      'http://[',
      'example.org',
      '<a href="x">y</a>',
    ]) {
      expect(links(text).filter(([, href]) => !/^https?:\/\/[^/]/.test(href!)))
        .withContext(text)
        .toEqual([]);
    }
    expect(links('javascript:alert(1)')).toEqual([]);
    expect(links('data:text/html,x')).toEqual([]);
  });

  it('is fast for long texts without links', () => {
    const began = performance.now();
    linkify('('.repeat(2_000) + 'https://a.example/' + ')'.repeat(1_900));
    linkify('www.'.repeat(1_000));
    expect(performance.now() - began).toBeLessThan(within(200));
  });
});
