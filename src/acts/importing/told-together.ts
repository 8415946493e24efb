import type { ImportTold } from './import-job.ts';

/**
 * The report of an import that took several runs, as if it had been one. The last run finds what the ones before it have
 * brought as unchanged; what was there before all of them the look has told.
 */
export function toldTogether(look: ImportTold, last: ImportTold): ImportTold {
  const updatedBefore = since(look.posts.updated, last.posts.updated);
  const postsBefore = since(last.posts.unchanged - updatedBefore, look.posts.unchanged);
  const commentsBefore = since(last.comments.unchanged, look.comments.unchanged);
  const imagesBefore = since(last.images.known, look.images.known);
  return {
    ...last,
    posts: {
      imported: last.posts.imported + postsBefore,
      updated: last.posts.updated + updatedBefore,
      unchanged: last.posts.unchanged - postsBefore - updatedBefore,
    },
    comments: {
      imported: last.comments.imported + commentsBefore,
      held: Math.max(last.comments.held, look.comments.held),
      placeholders: Math.max(last.comments.placeholders, look.comments.placeholders),
      unchanged: last.comments.unchanged - commentsBefore,
    },
    images: {
      ...last.images,
      stored: last.images.stored + imagesBefore,
      known: last.images.known - imagesBefore,
    },
  };
}

function since(now: number, before: number): number {
  return Math.max(0, now - before);
}
