import { type FileFacts, isOver, isUnderWay, type Transfer } from './transfer';

/** A file that was offered: by another member to this one, or by this member to one or more others. */
export interface Offering {
  /** Unique among the offerings of this page. */
  readonly key: string;
  readonly direction: 'in' | 'out';
  readonly file: FileFacts;
  /** When it was offered, in ms since the epoch by this device's clock. */
  readonly at: number;
  /** One for each receiver: exactly one for a file that another member offers. Never empty. */
  readonly transfers: readonly Transfer[];
}

/** How far an offering is as a whole. */
export type OfferingPhase = 'offered' | 'running' | 'over';

/** The offerings that transfers belong to, in the order of their first transfers. */
export function offeringsOf(transfers: readonly Transfer[]): readonly Offering[] {
  const found = new Map<string, Offering & { readonly transfers: Transfer[] }>();
  for (const one of transfers) {
    const { offering: key, direction, file, at } = one;
    const offering = found.get(key);
    if (offering) offering.transfers.push(one);
    else found.set(key, { key, direction, file, at, transfers: [one] });
  }
  return [...found.values()];
}

export const isOfferingOver = ({ transfers }: Offering): boolean =>
  transfers.every(({ state }) => isOver(state));

export const offeringPhase = (offering: Offering): OfferingPhase =>
  isOfferingOver(offering)
    ? 'over'
    : offering.transfers.some(({ state }) => isUnderWay(state))
      ? 'running'
      : 'offered';
