package dev.corral.http;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletionException;

/** Both ways to send must do the same. */
enum Way {
  BLOCKING {
    @Override
    <T> HttpResponse<T> send(RetryingHttpClient client, HttpRequest request, BodyHandler<T> body)
        throws IOException, InterruptedException {
      return client.send(request, body);
    }
  },
  ASYNC {
    @Override
    <T> HttpResponse<T> send(RetryingHttpClient client, HttpRequest request, BodyHandler<T> body)
        throws IOException {
      try {
        return client.sendAsync(request, body).join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof IOException io) {
          throw io;
        }
        throw e;
      }
    }
  };

  abstract <T> HttpResponse<T> send(
      RetryingHttpClient client, HttpRequest request, BodyHandler<T> body)
      throws IOException, InterruptedException;

  HttpResponse<String> send(RetryingHttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    return send(client, request, BodyHandlers.ofString());
  }
}
