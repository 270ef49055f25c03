import type { Happened } from '../world/happened.ts';
import type { World } from '../world/read-world.ts';
import { dayMs, dayOf, distinct, groupBy, mean, mondayMs, type Recipe, type Row } from './tools.ts';

/** Events that the vocabulary puts down to the system and not to a person. */
const isOfSystem = ({ name }: Happened) =>
  ['user_registered', 'user_updated', 'experiment_exposed', 'moderation_action'].includes(name);

function retention({ counted }: World): Row[] {
  const registered = new Map(
    counted.filter(({ name }) => name === 'user_registered').map(({ who, atMs }) => [who, mondayMs(atMs)]),
  );
  const acts = counted
    .filter((event) => !isOfSystem(event))
    .map(({ who, atMs }) => {
      const cohortMs = registered.get(who) ?? 0;
      return { who, cohort: dayOf(cohortMs), weeks: Math.round((mondayMs(atMs) - cohortMs) / (7 * dayMs)) };
    });
  return groupBy(acts, ({ cohort }) => cohort).flatMap(([cohort, ofCohort]) => {
    const people = [...registered.values()].filter((ms) => dayOf(ms) === cohort).length;
    const weeks = [...new Set(ofCohort.map((act) => act.weeks))].toSorted((a, b) => a - b);
    return weeks.map((later) => {
      const active = distinct(ofCohort.filter((act) => act.weeks === later).map(({ who }) => who));
      return { cohort, weeks_later: later, active, retention: active / people };
    });
  });
}

type Watched = { who: string; weekMs: number; views: number; engagements: number };

/** Who watched what counts as a view, in each week. */
function watchedByWeek({ counted }: World): Watched[] {
  const isView = ({ name, number }: Happened) => name === 'post_view' && (number('viewDurationMs') ?? 0) >= 3000;
  const isAnswer = ({ name }: Happened) => name === 'post_comment' || name === 'post_share';
  return groupBy(counted, ({ who, atMs }) => `${mondayMs(atMs)} ${who}`).flatMap(([key, acts]) => {
    const [weekMs, who = ''] = key.split(' ');
    const views = acts.filter(isView).length;
    return views === 0 ? [] : [{ who, weekMs: Number(weekMs), views, engagements: acts.filter(isAnswer).length }];
  });
}

function viewers(world: World): Row[] {
  const watched = watchedByWeek(world);
  return groupBy(watched, ({ weekMs }) => dayOf(weekMs)).map(([week, of]) => {
    const cameBack = of.filter(({ who, weekMs }) =>
      watched.some((later) => later.who === who && later.weekMs === weekMs + 7 * dayMs),
    ).length;
    return {
      week,
      viewers: of.length,
      came_back: cameBack,
      retention: cameBack / of.length,
      views_a_viewer: mean(of.map(({ views }) => views)),
      comments_and_shares_a_viewer: mean(of.map(({ engagements }) => engagements)),
    };
  });
}

function moderation({ events, counted }: World): Row[] {
  const actions = events.filter(({ name }) => name === 'moderation_action');
  const flags = counted.filter(({ name }) => name === 'content_flagged').toSorted((a, b) => a.atMs - b.atMs);
  const cases = groupBy(flags, ({ postId }) => postId).map(([postId, ofPost]) => {
    const flaggedMs = ofPost[0]?.atMs ?? 0;
    const actedMs = Math.min(...actions.filter((action) => action.postId === postId).map(({ atMs }) => atMs));
    // The database counts whole seconds that have begun in between.
    const waited = Math.floor(actedMs / 1000) - Math.floor(flaggedMs / 1000);
    const waits = Number.isFinite(actedMs) && actedMs >= flaggedMs ? [waited] : [];
    return { reason: ofPost[0]?.text('reason') ?? '', flags: ofPost.length, waits };
  });
  return groupBy(cases, ({ reason }) => reason)
    .map(([reason, of]) => ({
      reason,
      all_flags: of.reduce((all, one) => all + one.flags, 0),
      posts: of.length,
      answered: of.filter(({ waits }) => waits.length > 0).length,
      mean_seconds_to_action: mean(of.flatMap(({ waits }) => waits)),
    }))
    .toSorted((a, b) => b.all_flags - a.all_flags);
}

export const platform: Readonly<Record<string, Recipe>> = {
  'Retention by week of registration': { recount: retention },
  'Viewers by week, and who comes back': { recount: viewers },
  Moderation: { recount: moderation },
};
