import { createHash } from 'node:crypto';
import type { Provider } from '@nestjs/common';
import { eventLine } from '../../libs/event-store/index.ts';
import { handlersFor } from '../../libs/nest-decider/index.ts';
import { VAULT, type Vault } from '../../libs/vault/index.ts';
import type { RemovalNeeds, TranslationNeeds, TranslationSource } from '../domain/translation/translating.rules.ts';
import {
  DismissTranslationReports,
  EraseTranslation,
  limitsOfTranslation,
  RemoveTranslation,
  WriteTranslation,
} from '../domain/translation/translation.commands.ts';
import { translationDecider } from '../domain/translation/translation.decider.ts';
import { ReportTranslation } from '../domain/translation-report/translation-report.commands.ts';
import {
  type TranslationReportNeeds,
  translationReportDecider,
} from '../domain/translation-report/translation-report.decider.ts';
import { decoders } from './decoders.ts';
import { ForumFacts } from './forum-facts.ts';
import { translationInUnicode } from './in-unicode.ts';
import { RefusedTranslations } from './refused-translations.ts';
import { seenAside } from './seen-aside.ts';
import { streams } from './streams.ts';

export const translationHandlers: Provider[] = [
  {
    provide: RefusedTranslations,
    inject: [ForumFacts, VAULT],
    useFactory: (facts: ForumFacts, vault: Vault) => new RefusedTranslations(facts, vault),
  },
  ...handlersFor({
    decider: translationDecider,
    decoder: decoders.translation,
    commands: [WriteTranslation, RemoveTranslation, EraseTranslation, DismissTranslationReports],
    stream: ({ data }) => streams.translation(data.translationId),
    around: RefusedTranslations,
    asKept: translationInUnicode,
    needs: (refused: RefusedTranslations) => {
      return async (command): Promise<TranslationNeeds | RemovalNeeds | null> => {
        if (command.type === 'WriteTranslation') return needsOf(command, refused);
        return command.type === 'RemoveTranslation' ? removalNeedsOf(command, refused.facts) : null;
      };
    },
  }),
];

export const translationReportHandlers = handlersFor({
  decider: translationReportDecider,
  decoder: decoders.translationReport,
  commands: [ReportTranslation],
  stream: ({ data }) => streams.translationReport(data.translationId, data.by.memberId),
  around: ForumFacts,
  needs: (facts: ForumFacts) => {
    return async ({ data }): Promise<TranslationReportNeeds> => {
      const [translation, standing] = await Promise.all([
        facts.translation(data.translationId),
        facts.standing(data.by.memberId),
      ]);
      if (translation === null) return { translation, standing, comment: null, post: null, belowHidden: false };
      const { commentId, postId } = translation;
      if (commentId === null) {
        return { translation, standing, comment: null, post: await facts.post(postId), belowHidden: false };
      }
      const comment = await facts.comment(commentId);
      return { translation, standing, comment, ...(await facts.surroundings(comment)) };
    };
  },
});

async function needsOf({ data, meta }: WriteTranslation, refused: RefusedTranslations): Promise<TranslationNeeds> {
  const { facts } = refused;
  const { memberId } = data.by;
  const [inForce, stands] = [facts.policy(), facts.standing(memberId)];
  const asked = [stands, inForce, facts.record(memberId, { inForce, stands }, meta.now)] as const;
  const [place, refusedElsewhere, seenIn, standing, policy, record] = await Promise.all([
    placeOf(data, facts),
    refused.elsewhere(data),
    seenAside(data.body, limitsOfTranslation(data.of.kind, data.maxLength).body),
    ...asked,
  ]);
  return { ...place, standing, policy, record, seenIn, refusedElsewhere };
}

async function removalNeedsOf({ data }: RemoveTranslation, facts: ForumFacts): Promise<RemovalNeeds> {
  const [translation, standing] = await Promise.all([
    facts.translation(data.translationId),
    facts.standing(data.by.memberId),
  ]);
  if (translation === null) return { translated: null, standing };
  const { commentId, postId } = translation;
  return { translated: await (commentId === null ? facts.post(postId) : facts.comment(commentId)), standing };
}

type Place = Pick<TranslationNeeds, 'comment' | 'post' | 'belowHidden' | 'source'>;

async function placeOf({ of }: WriteTranslation['data'], facts: ForumFacts): Promise<Place> {
  if (of.kind === 'post') {
    const post = await facts.post(of.postId);
    const source = post && (await sourceIn(facts, streams.post(of.postId), post.textRevision));
    return { comment: null, post, belowHidden: false, source };
  }
  const comment = await facts.comment(of.commentId);
  const source = comment && (await sourceIn(facts, streams.comment(of.commentId), comment.textRevision));
  return { comment, source, ...(await facts.surroundings(comment)) };
}

/** The event that holds the text, by its entry in the log. */
async function sourceIn({ store }: ForumFacts, stream: string, revision: number): Promise<TranslationSource | null> {
  for await (const event of store.readStream(stream, BigInt(revision))) {
    return { revision, hash: createHash('sha256').update(eventLine(event)).digest('base64') };
  }
  return null;
}
