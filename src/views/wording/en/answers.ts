import { type Line, bold, channel, code, link, outside, user } from '../../rich.ts'

/** What only the person who asked reads. */
export const answers = {
  /** `text` of messages that say why something did not work. */
  messageTitle: 'A message from the DTS bot',
  helpTitle: 'How to use /dts',
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

  statusOf: (jobId: string): string => `Status of ${jobId}`,
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
