import type { Fact } from '../../../libs/kernel/index.ts';
import { TRANSLATION_PLACES, type TranslationPlace } from '../../../libs/words/index.ts';
import { anyOf, type Catalogue, MEANING } from '../catalogue-entry.ts';
import { MEMBER_STREAM } from './member-stream.ts';

export type MemberPageChosen = Fact<
  'MemberPageChosen.v1',
  { readonly memberId: string; readonly hidden: boolean },
  null
>;

export type MemberQuotingChosen = Fact<
  'MemberQuotingChosen.v1',
  { readonly memberId: string; readonly allowed: boolean },
  null
>;

/** The languages that the member reads: comments in others are folded. Empty for all. */
export type MemberLanguagesChosen = Fact<
  'MemberLanguagesChosen.v1',
  { readonly memberId: string; readonly languages: readonly string[] },
  null
>;

/** Where the member wants translations of what it does not read. */
export type MemberTranslationsChosen = Fact<
  'MemberTranslationsChosen.v1',
  { readonly memberId: string; readonly place: TranslationPlace },
  null
>;

export const MEMBER_PAGE_EVENTS: Catalogue<
  MemberPageChosen | MemberQuotingChosen | MemberLanguagesChosen | MemberTranslationsChosen
> = {
  'MemberLanguagesChosen.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member said which languages it reads, so that comments in others are folded for it.',
    data: { memberId: MEANING.member, languages: 'The languages (BCP 47); empty for all.' },
    personal: null,
  },
  'MemberTranslationsChosen.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member said where it wants translations of what it does not read.',
    data: { memberId: MEANING.member, place: `${anyOf(TRANSLATION_PLACES)}; \`asked\` before any choice.` },
    personal: null,
  },
  'MemberPageChosen.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member took its page away from everybody but staff, or gave it back.',
    data: { memberId: MEANING.member, hidden: 'Whether only staff and the member itself find the page.' },
    personal: null,
  },
  'MemberQuotingChosen.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member allowed newsletters to quote its comments, or took that back.',
    data: { memberId: MEANING.member, allowed: 'Whether newsletters may quote its comments; nobody may before.' },
    personal: null,
  },
};
