import { signInEn } from './sign-in.en';
import { Texts } from './texts';

/** Why signing in was refused, and what to do about it; the same words wherever it shows. */
export const signInTexts: Texts<typeof signInEn> = {
  en: signInEn,
  zh: () => import('./sign-in.zh').then(({ signInZh }) => signInZh),
};

/** A reason that has words here. */
export type Refusal = keyof {
  [K in keyof typeof signInEn as K extends `${infer Reason}.what` ? Reason : never]: never;
};

export const isRefusal = <R extends string>(reason: R): reason is R & Refusal => `${reason}.what` in signInEn;
