import { handlersFor } from '../../libs/nest-decider/index.ts';
import { ReportComment } from '../domain/report/report.commands.ts';
import { type ReportNeeds, reportDecider } from '../domain/report/report.decider.ts';
import { decoders } from './decoders.ts';
import { ForumFacts } from './forum-facts.ts';
import { streams } from './streams.ts';

export const reportHandlers = handlersFor({
  decider: reportDecider,
  decoder: decoders.report,
  commands: [ReportComment],
  stream: ({ data }) => streams.report(data.commentId, data.by.memberId),
  around: ForumFacts,
  needs: (facts: ForumFacts) => {
    return async ({ data }): Promise<ReportNeeds> => {
      const [comment, standing] = await Promise.all([facts.comment(data.commentId), facts.standing(data.by.memberId)]);
      return { comment, standing, ...(await facts.surroundings(comment)) };
    };
  },
});
