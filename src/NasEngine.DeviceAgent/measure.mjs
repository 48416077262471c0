// Measures a batch of networks: interleaved rounds, a canary network against drift, robust intervals.
// Knows neither Node nor a browser: the host gives sessions, a clock and a way to let other work in between blocks.
//
// A session is { run(feeds): outputs or a promise of them, isSynchronous }. A clock is
// { name, resolutionNs, now(): nanoseconds as a number, pause(): promise that lets the host read its input }.

import { median, medianInterval, seededRandom, shuffled } from './statistics.mjs';

/** Settings of one batch. Times in milliseconds, shares as fractions. */
export const defaults = Object.freeze({
  blockMs: 4, // a block holds as many runs as last this long
  minBlocks: 6, // the smallest count whose range covers the median with 95 %
  maxBlocks: 40,
  precision: 0.02, // a network is done once half its interval is within this share of its median
  warmUpTolerance: 0.03,
  warmUpMs: 250, // cap for one network
  timeLimitMs: 2000, // for one network, warm-up excluded
  canaryEvery: 8, // blocks between two looks at the canary, which take a quarter of a block each
  driftTolerance: 0.05,
  seed: 0,
});

const maxRunsInBlock = 2000;
const slowRunNs = 1e8; // a single run this long is a block of its own

/** Raised inside a batch once its caller has cancelled it. */
export class CancelledError extends Error {}

async function timeBlock(subject, runs, clock) {
  const { session, feeds } = subject;
  const each = subject.runNs >= 20 * clock.resolutionNs;
  const times = each ? new Float64Array(runs) : null;
  // One run outside the count: it pulls this network back into the caches after the others had them.
  if (runs > 1) {
    await session.run(feeds);
  }
  const start = clock.now();
  let before = start;
  for (let i = 0; i < runs; i++) {
    if (session.isSynchronous) {
      session.run(feeds);
    } else {
      await session.run(feeds);
    }
    if (each) {
      const after = clock.now();
      times[i] = after - before;
      before = after;
    }
  }
  // The median of the runs forgets the few that the operating system interrupted; a coarse clock leaves only the mean.
  return each ? median(times) : (clock.now() - start) / runs;
}

function runsFor(runNs, blockMs) {
  if (runNs >= slowRunNs) {
    return 1;
  }
  return Math.min(maxRunsInBlock, Math.max(3, Math.ceil((blockMs * 1e6) / Math.max(runNs, 1))));
}

/** Runs a network until two blocks in a row agree, or the time is up. Leaves the runs that a block needs in `subject.runs`. */
async function warmUp(subject, options, clock) {
  const begin = clock.now();
  await subject.session.run(subject.feeds);
  const first = clock.now();
  await subject.session.run(subject.feeds);
  subject.runNs = Math.max(clock.now() - first, 1);
  let previous = Infinity;
  for (;;) {
    subject.runs = runsFor(subject.runNs, options.blockMs);
    const current = await timeBlock(subject, subject.runs, clock);
    subject.runNs = Math.max(current, 1);
    subject.isWarm = Math.abs(current - previous) <= options.warmUpTolerance * previous;
    if (subject.isWarm || clock.now() - begin > options.warmUpMs * 1e6) {
      break;
    }
    previous = current;
  }
  subject.runs = runsFor(subject.runNs, options.blockMs);
}

/**
 * Measures what one call costs beside the network: the time of a network that copies one number.
 * Part of every latency, and reported beside it instead of being subtracted.
 */
export async function measureOverhead(identity, clock) {
  const subject = { ...identity };
  await warmUp(subject, defaults, clock);
  const blocks = [];
  for (let i = 0; i < 9; i++) {
    blocks.push(await timeBlock(subject, subject.runs, clock));
    await clock.pause();
  }
  return median(blocks);
}

function summary(subject, options) {
  const steady = subject.blocks.filter(block => !block.drift);
  const isRepaired = steady.length >= Math.min(options.minBlocks, subject.blocks.length);
  const used = (isRepaired ? steady : subject.blocks).map(block => block.ns);
  const middle = median(used);
  const { low, high } = medianInterval(used);
  return { median: middle, low, high, used: used.length, isRepaired, halfWidth: (high - low) / 2 / middle };
}

function isDone(subject, options) {
  if (subject.blocks.length < options.minBlocks) {
    return subject.spentNs > options.timeLimitMs * 1e6;
  }
  const { halfWidth, isRepaired } = summary(subject, options);
  return (isRepaired && halfWidth <= options.precision)
    || subject.blocks.length >= options.maxBlocks
    || subject.spentNs > options.timeLimitMs * 1e6;
}

function report(subject, options, canaryNs) {
  const result = summary(subject, options);
  const warnings = [];
  const drifted = subject.blocks.filter(block => block.drift).length;
  const percent = share => `${(share * 100).toFixed(1)} %`;
  if (!subject.isWarm) {
    warnings.push(`warm-up did not settle within ${percent(options.warmUpTolerance)} in ${options.warmUpMs} ms`);
  }
  if (!result.isRepaired) {
    warnings.push(`${drifted} of ${subject.blocks.length} blocks were measured while the canary was more than ${percent(options.driftTolerance)} off, and are used`);
  }
  if (subject.blocks.length < options.minBlocks) {
    warnings.push(`only ${subject.blocks.length} of ${options.minBlocks} blocks fitted into ${options.timeLimitMs} ms`);
  } else if (result.halfWidth > options.precision) {
    warnings.push(`the interval is ±${percent(result.halfWidth)} wide, ±${percent(options.precision)} was asked for`);
  }
  return {
    model: subject.model,
    medianNs: result.median,
    lowNs: result.low,
    highNs: result.high,
    runsPerBlock: subject.runs,
    // Relative to one value, so that a block's canary is `canary · canaryNs` whenever the block was taken.
    blocks: subject.blocks.map(block => ({ ns: block.ns, order: block.order, canary: block.canaryNs / canaryNs, change: block.change, drift: block.drift })),
    canaryNs,
    driftedBlocks: drifted,
    warnings,
  };
}

/**
 * Measures the subjects of a batch and gives each to `onMeasured` as soon as it is done.
 *
 * @param subjects [{ model, session, feeds }]
 * @param canary { session, feeds }: measured every few blocks; a reading off the median of all readings is drift
 * @param isCancelled asked between blocks; true ends the batch with a CancelledError
 * @returns what the batch as a whole saw: canary readings, drift events, repeated blocks
 */
export async function measureBatch(subjects, canary, settings, clock, onMeasured, isCancelled) {
  const options = { ...defaults, ...settings };
  const random = seededRandom(options.seed);
  const readings = [];
  const drift = [];
  const probe = { ...canary, blocks: [] };
  let order = 0;
  let repeated = 0;
  const repeatLimit = Math.max(options.canaryEvery, subjects.length * options.minBlocks);

  const between = async () => {
    await clock.pause();
    if (isCancelled()) {
      throw new CancelledError('the batch was cancelled');
    }
  };
  const readCanary = async () => {
    readings.push(await timeBlock(probe, probe.runs, clock));
    await between();
    return readings.at(-1);
  };

  await warmUp(probe, { ...options, warmUpMs: 4 * options.warmUpMs }, clock);
  probe.runs = runsFor(probe.runNs, options.blockMs / 4);
  for (let i = 0; i < 5; i++) {
    await readCanary();
  }

  let active = subjects.map(subject => ({ ...subject, blocks: [], spentNs: 0 }));
  for (const subject of active) {
    await warmUp(subject, options, clock);
    await between();
  }

  let before = await readCanary();
  while (active.length > 0) {
    const queue = shuffled(active, random);
    while (queue.length > 0) {
      const group = queue.splice(0, options.canaryEvery);
      const taken = [];
      for (const subject of group) {
        const start = clock.now();
        const ns = await timeBlock(subject, subject.runs, clock);
        subject.spentNs += clock.now() - start;
        taken.push([subject, ns, order++]);
        await between();
      }
      const after = await readCanary();
      const reference = median(readings);
      const mean = (before + after) / 2;
      const isDrift = [before, after].some(reading => Math.abs(reading / reference - 1) > options.driftTolerance);
      for (const [subject, ns, at] of taken) {
        subject.blocks.push({ ns, order: at, canaryNs: mean, change: Math.abs(after - before) / mean, drift: isDrift });
      }
      if (isDrift) {
        drift.push({ order: taken[0][2], factor: mean / reference });
        const again = group.filter(subject => subject.blocks.length < options.maxBlocks && subject.spentNs <= options.timeLimitMs * 1e6);
        if (repeated + again.length <= repeatLimit) {
          repeated += again.length;
          queue.push(...again);
        }
      }
      before = after;
    }
    for (const subject of active.filter(candidate => isDone(candidate, options))) {
      onMeasured(report(subject, options, median(readings)));
    }
    active = active.filter(candidate => !isDone(candidate, options));
  }

  return { canaryNs: median(readings), canaryReadings: readings.length, drift, repeatedBlocks: repeated, clock: clock.name };
}
