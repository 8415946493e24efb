import { handlersFor } from '../../libs/nest-decider/index.ts';
import { SetPolicy } from '../domain/policy/policy.commands.ts';
import { policyDecider } from '../domain/policy/policy.decider.ts';
import { decoders } from './decoders.ts';
import { foldLists } from './fold-lists.ts';
import { ForumFacts } from './forum-facts.ts';
import { streams } from './streams.ts';

export const policyHandlers = handlersFor({
  decider: policyDecider,
  decoder: decoders.policy,
  ignores: ['PolicySet.v1'],
  commands: [SetPolicy],
  stream: ({ data }) => streams.policy(data.version),
  around: ForumFacts,
  needs: (facts: ForumFacts) => {
    return async ({ data }) => {
      await foldLists(data.policy);
      return { newest: (await facts.policy()).version };
    };
  },
});
