/** A piece of a text: plain, or a link. */
export interface TextPart {
  readonly text: string;
  /** Absolute, and only ever http or https. */
  readonly href: string | null;
}

/** A possible address: `http://`, `https://` or `www.`, and what follows up to white space, brackets or quotes. */
const address = /\b(?:https?:\/\/|www\.)[^\s<>"“”„»«`]+/giu;
/** Punctuation at the end of a sentence isn't part of an address. */
const punctuation = /[.,:;!?'’…。，、：；！？]+$/u;

/** Splits a text at its links. Nothing else becomes one: no other protocol, no markup. */
export function linkify(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  const plain = (to: number) => {
    if (to > end) parts.push({ text: text.slice(end, to), href: null });
  };
  for (const { 0: found, index } of text.matchAll(address)) {
    const shown = trimmed(found);
    const href = hrefOf(shown);
    if (href === null) continue;
    plain(index);
    parts.push({ text: shown, href });
    end = index + shown.length;
  }
  plain(text.length);
  return parts;
}

/** Cuts off trailing punctuation, and closing brackets that were opened before the address. */
function trimmed(found: string): string {
  let link = found.replace(punctuation, '');
  for (const [open, close] of ['()', '[]', '{}', '（）', '【】'] as const) {
    while (link.endsWith(close!) && count(link, close!) > count(link, open!)) {
      link = link.slice(0, -1).replace(punctuation, '');
    }
  }
  return link;
}

const count = (text: string, character: string): number => text.split(character).length - 1;

function hrefOf(link: string): string | null {
  try {
    const { protocol, hostname, href } = new URL(/^www\./i.test(link) ? `https://${link}` : link);
    return ['http:', 'https:'].includes(protocol) && hostname !== '' ? href : null;
  } catch {
    return null;
  }
}
