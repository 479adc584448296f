import type { RequestName, RequestParams, RequestResults, TopicEvents, TopicFilter, TopicName } from '@shared/protocol/contract'

/** One function for each request; each area of the service brings its own. */
export type Handlers<K extends RequestName = RequestName> = {
  readonly [Name in K]: (params: RequestParams<Name>) => RequestResults[Name] | Promise<RequestResults[Name]>
}

/** One function for each topic, as in the contract's `Service`. */
export type Topics<K extends TopicName = TopicName> = {
  readonly [Name in K]: (filter: TopicFilter<Name>, emit: (event: TopicEvents[Name]) => void, fail: (error: unknown) => void) => () => void
}
