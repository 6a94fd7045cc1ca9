import { DefaultUrlSerializer, type UrlTree } from '@angular/router';

import { readTyped } from './signaling/code';

/** `/call` and `/lobby`, with anything after them. A longer word is another page. */
const PLACE = /^\/(call|lobby)(?![\w.-])(.*)$/is;
/** A `#`, also when encoded on its way, or the full-width one of Chinese and Japanese keyboards. */
const ANY_HASH = /#|%23|＃|%EF%BC%83/i;

/**
 * Parses the address of a call or a lobby as tolerantly as pasted text: with extra text attached to the code, with an
 * encoded `#`, and with a link to the other kind of place. The address bar then shows the corrected link.
 */
export class CodeAddress extends DefaultUrlSerializer {
  override parse(url: string): UrlTree {
    return super.parse(repaired(url));
  }
}

/** @param url in the router's form: path, query and fragment */
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
  // No valid code, but meant as one: the place's page says so, and what to do.
  const first = ANY_HASH.exec(rest);
  if (!first) return url;
  const fragment = wellEncoded(rest.slice(first.index + first[0].length));
  return `/${place}${rest.slice(0, first.index)}#${fragment}`;
}

/** A fragment that the router can decode. If it has a stray `%`, every `%` is escaped. */
function wellEncoded(fragment: string): string {
  try {
    decodeURIComponent(fragment);
    return fragment;
  } catch {
    return fragment.replaceAll('%', '%25');
  }
}
