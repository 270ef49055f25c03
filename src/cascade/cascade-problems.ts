import { type ProblemError, problem } from '../http/problem.ts';
import type { NoPost } from './explain-no-post.ts';
import type { NoCascade } from './find-root.ts';

export const noCascadeReply = {
  description: 'not_a_root, with the true `rootPostId`; or cascade_not_found, with `pending`',
};

/** Why there is no cascade of that id to show. */
export function noCascade(asked: string, outcome: NoCascade): ProblemError {
  switch (outcome.kind) {
    case 'not_a_root': {
      const { rootPostId } = outcome;
      const detail = `"${asked}" is a share in the cascade of "${rootPostId}".`;
      return problem(404, 'not_a_root', detail, { members: { rootPostId } });
    }
    case 'not_found': {
      const { pending } = outcome;
      return problem(404, 'cascade_not_found', `There is no cascade of "${asked}" yet.`, { members: { pending } });
    }
    case 'not_begun': {
      const { pending } = outcome;
      return problem(404, 'cascade_not_found', `"${asked}" had not been posted at that time.`, {
        members: { pending },
      });
    }
  }
}

export const noPostReplies = {
  404: { description: 'post_not_found' },
  409: { description: 'post_pending, with the `missingParentPostId` that it waits for; or post_quarantined' },
} as const;

export function postNotFound(postId: string): ProblemError {
  return problem(404, 'post_not_found', `There is no post "${postId}".`);
}

/** Why a post has no place in a cascade. */
export function noPost(postId: string, outcome: NoPost): ProblemError {
  switch (outcome.kind) {
    case 'unknown':
      return postNotFound(postId);
    case 'not_yet':
      return problem(404, 'post_not_found', `"${postId}" was not there at that time.`);
    case 'pending': {
      const { missingParentPostId } = outcome;
      return problem(409, 'post_pending', `"${postId}" waits for "${missingParentPostId}", which has not come yet.`, {
        members: { postId, missingParentPostId },
      });
    }
    case 'quarantined':
      return problem(409, 'post_quarantined', `"${postId}" would have closed a ring of shares, so it has no path.`, {
        members: { postId, parentPostId: outcome.parentPostId },
      });
  }
}
