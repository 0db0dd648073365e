import { parentPort, workerData } from 'node:worker_threads'
import { type Budget, campaign } from './campaign.ts'

parentPort?.postMessage(await campaign(workerData as Budget))
