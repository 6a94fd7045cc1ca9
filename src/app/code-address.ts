import { DefaultUrlSerializer, type UrlTree } from '@angular/router';

import { readTyped } from './signaling/code';

/** `/call` and `/lobby` with whatever follows them; a longer word is another page. */
const PLACE = /^\/(call|lobby)(?![\w.-])(.*)$/is;
/** A `#`, also one that was encoded on its way, or the full-width one of Chinese and Japanese keyboards. */
const ANY_HASH = /#|%23|＃|%EF%BC%83/i;

/**
 * Reads the address of a call or a lobby as generously as what a person pastes: with something attached to the code, with an
 * encoded `#`, and with a link to the other place. The address bar then shows the link as it should be.
 */
export class CodeAddress extends DefaultUrlSerializer {
  override parse(url: string): UrlTree {
    return super.parse(repaired(url));
  }
}

/** @param url as the router has it: path, query and fragment */
export function repaired(url: string): string {
  const [, named, rest] = PLACE.exec(url) ?? [];
  if (named === undefined || rest === undefined) return url;
  const place = named.toLowerCase();
  const hash = rest.indexOf('#');
  const before = hash < 0 ? rest : rest.slice(0, hash);
  const query = before.includes('?') ? before.slice(before.indexOf('?')) : '';
  const read = readTyped(url);
  if (read.kind === 'code') {
    const kept = readTyped(query).kind === 'none' ? query : '';
    return `/${read.place ?? place}${kept}#${read.code}`;
  }
  // No code, yet meant as one: the page of the place says so, and what to do.
  const first = ANY_HASH.exec(rest);
  if (!first) return url;
  const fragment = wellEncoded(rest.slice(first.index + first[0].length));
  return `/${place}${rest.slice(0, first.index)}#${fragment}`;
}

/** A fragment that the router can decode: a stray `%` stands for itself. */
function wellEncoded(fragment: string): string {
  try {
    decodeURIComponent(fragment);
    return fragment;
  } catch {
    return fragment.replaceAll('%', '%25');
  }
}
