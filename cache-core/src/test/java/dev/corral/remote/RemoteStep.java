package dev.corral.remote;

/** The steps of {@link RemoteRegion} that ask the store: each call is one round trip. */
public enum RemoteStep {
  LOOK_UP,
  LOOK_UP_ALL,
  LOOK_UP_TO_REFRESH,
  REPLACE,
  AWAIT,
  PUBLISH,
  PUBLISH_ALL,
  EXTEND,
  DELIVER,
  FAIL,
  RENEW,
  RENEW_ALL,
  RELEASE,
  PUT,
  BEGIN_WRITE,
  END_WRITE,
  INVALIDATE,
  INVALIDATE_ALL,
  INVALIDATE_TAG,
  HOLD,
  CLEAR,
  REVALIDATE,
  INSPECT,
  SEQS,
  OVERTAKE
}
