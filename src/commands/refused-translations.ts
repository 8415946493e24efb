import type { RecordedEvent } from '../../libs/event-store/index.ts';
import type { Vault } from '../../libs/vault/index.ts';
import { TRANSLATION_LANGUAGE_CODES } from '../../libs/words/index.ts';
import type { TranslationTexts } from '../domain/translation/translating.rules.ts';
import { translationIdOf, type WriteTranslation } from '../domain/translation/translation.commands.ts';
import { translationDecider } from '../domain/translation/translation.decider.ts';
import { decoders } from './decoders.ts';
import type { ForumFacts } from './forum-facts.ts';
import { streams } from './streams.ts';

/** What moderators removed of the translations of one member, whose texts are opened where something was. */
export class RefusedTranslations {
  readonly facts: ForumFacts;
  readonly #vault: Vault;

  constructor(facts: ForumFacts, vault: Vault) {
    this.facts = facts;
    this.#vault = vault;
  }

  /** Of the same text by the same translator, in all other languages; as current as the log. */
  async elsewhere({ of, language, by }: WriteTranslation['data']): Promise<readonly TranslationTexts[]> {
    const others = TRANSLATION_LANGUAGE_CODES.filter((code) => code !== language);
    const refused = await Promise.all(others.map((code) => this.#in(translationIdOf(of, code, by.memberId))));
    return refused.flat();
  }

  async #in(translationId: string): Promise<readonly TranslationTexts[]> {
    const events: RecordedEvent[] = [];
    for await (const event of this.facts.store.readStream(streams.translation(translationId))) events.push(event);
    if (!events.some(isByModerator)) return [];
    let state = translationDecider.initial();
    for (const event of events)
      state = translationDecider.evolve(state, await decoders.translation.open(event, this.#vault));
    return state.refused;
  }
}

function isByModerator(event: RecordedEvent): boolean {
  const { type, data } = decoders.translation.read(event);
  return type === 'TranslationRemoved.v2' && data.by === 'moderator';
}
