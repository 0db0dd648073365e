import { type Line, bold, channel, code, link, outside, user } from '../../rich.ts'

/** What only the person who asked reads. */
export const answers = {
  help: (): Line[] => [
    [code('/dts start dts-1kl0iy0v'), ' ask to start a job; without an id you pick one'],
    [code('/dts start dts-1kl0iy0v ap-shanghai'), ' the same, for a job in another region'],
    [code('/dts check dts-1kl0iy0v'), ' have DTS check a job, and see how that comes out'],
    [
      code('/dts watch dts-1kl0iy0v'),
      ' follow a job that runs already; ',
      code('unwatch'),
      ' ends it',
    ],
    [code('/dts status dts-1kl0iy0v'), ' how a job is doing'],
    [code('/dts help'), ' this list'],
    ['Everything else is a button on the card: approve, cut over, pause, compare, stop.'],
  ],

  unknownVerb: {
    says: (verb: string, meant: string | undefined): Line => [
      "I don't know ",
      code(verb),
      meant ? '. Did you mean ' : '. This is what I know:',
      ...(meant ? [code(`/dts ${meant}`), '?'] : []),
    ],
    onTheCard: (where: string): Line => [where],
    /** What people look for under another name, and where it is. */
    elsewhere: {
      approve: 'Approve with the button on the card. Only those who are on call can.',
      reject: 'Reject with the button on the card. Whoever asked can withdraw the same way.',
      cancel:
        'To withdraw a request, press Reject on its card. To stop a job that runs, press Stop there.',
      stop: 'To stop a job, press Stop on its card. /dts watch posts a card for a job that runs.',
      cutover: 'To cut over, press Cut over on the card once the job is ready.',
      complete: 'To cut over, press Cut over on the card once the job is ready.',
      pause: 'To pause a job, press Pause on its card, where DTS allows it.',
      resume: 'To go on, press Continue or Retry on the card, where DTS allows it.',
      continue: 'To go on, press Continue on the card, where DTS allows it.',
      retry: 'To retry, press Retry on the card, where DTS allows it.',
    },
  },

  sayWhy: 'Say why, in a few words.',
  tooLong: (max: number): string => `At most ${max} characters.`,
  incident: (id: string): Line[] => [
    [bold('That did not work, and it is not your fault.')],
    ['Give an operator this incident id: ', code(id)],
  ],

  /** A click that is not on disk yet, just before Slack gives it up. */
  slow: (): Line[] => [
    ['This is taking longer than it should, and may not work.'],
    ["Look at the card in a minute. If it hasn't changed, press again."],
  ],

  watch: {
    begun: (jobId: string, where: string): Line[] => [
      [
        "I'm watching ",
        code(jobId),
        ' in ',
        channel(where),
        '. The card there shows how it is doing.',
      ],
    ],
    stopped: (jobId: string): Line[] => [
      ["I'm no longer watching ", code(jobId), '. The job itself goes on.'],
    ],
  },

  status: {
    notFound: (jobId: string, region: string): Line => [
      "DTS doesn't list ",
      code(jobId),
      ' in ',
      outside(region),
      '.',
    ],
    anotherRegion: (jobId: string): Line => [
      "A job lives in its target's region. Another one? ",
      code(`/dts status ${jobId} ap-shanghai`),
    ],
    askedBy: (requester: string, title: string): Line => [
      'Asked for by ',
      user(requester),
      `: ${title}. `,
    ],
    watchedFor: (owner: string, title: string): Line => [
      'Watched for ',
      user(owner),
      `: ${title}. `,
    ],
    card: (url: string): Line => [link(url, 'Open the card')],
    nobodyAsked: (): Line => ['Nobody has asked me to start it.'],
  },
}
