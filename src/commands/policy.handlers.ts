import { setImmediate as turn } from 'node:timers/promises';
import { handlersFor } from '../../libs/nest-decider/index.ts';
import { SetPolicy } from '../domain/policy/policy.commands.ts';
import { policyDecider } from '../domain/policy/policy.decider.ts';
import { decoders } from './decoders.ts';
import { ForumFacts } from './forum-facts.ts';
import { checkLists } from './ready-lists.ts';
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
      // The policy's form was checked in this turn, so the rest gets a new one.
      await turn();
      const newest = (await facts.policy()).version;
      await checkLists(data.policy);
      return { newest };
    };
  },
});
