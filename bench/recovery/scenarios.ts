import type { Cut } from '../../e2e/support/namespaces';

/** A failure, and how long recovery from it may take. */
export type Scenario =
  | {
      readonly kind: 'outage';
      readonly name: string;
      readonly cut: Cut;
      readonly seconds: number;
      /** In ms. */
      readonly aim: number;
      /** Whether the connection itself must survive. */
      readonly keepsConnection: boolean;
    }
  | { readonly kind: 'path'; readonly name: string; readonly aim: number }
  | { readonly kind: 'killed'; readonly name: string; readonly aim: number };

export const SCENARIOS: readonly Scenario[] = [
  {
    kind: 'outage',
    name: '5 s, everything',
    cut: 'everything',
    seconds: 5,
    aim: 1_200,
    keepsConnection: true,
  },
  {
    kind: 'outage',
    name: '5 s, between the two',
    cut: 'peers',
    seconds: 5,
    aim: 1_200,
    keepsConnection: true,
  },
  {
    kind: 'outage',
    name: '20 s, everything',
    cut: 'everything',
    seconds: 20,
    aim: 2_500,
    keepsConnection: false,
  },
  {
    kind: 'outage',
    name: '20 s, between the two',
    cut: 'peers',
    seconds: 20,
    aim: 2_500,
    keepsConnection: false,
  },
  { kind: 'path', name: 'path dead, another exists', aim: 8_000 },
  { kind: 'killed', name: 'browser killed, tile gone', aim: 32_000 },
];
