using Assistify.ServiceDefaults;

namespace Assistify.AiService;

/// <summary>Asks ChatService, by signed calls. A replica that is away is as if it had nothing: the next one is asked.</summary>
internal sealed class ChatCalls(IHttpClientFactory clients, InternalCalls calls, IConfiguration configuration)
{
    public const string Client = "chat";

    /// <param name="path">With its query.</param>
    /// <param name="read">Null where another replica may know better.</param>
    /// <returns>Null where none of them said anything.</returns>
    public Task<T?> Get<T>(string path, Func<HttpResponseMessage, Task<T?>> read, CancellationToken cancellationToken) where T : class => Send(
        chat =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, new Uri(chat, path));
            request.Headers.Add(InternalCalls.Header, calls.Sign($"GET {path}"));
            return request;
        },
        read, cancellationToken);

    /// <inheritdoc cref="Get"/>
    /// <param name="path">Without a query.</param>
    public Task<T?> Post<TBody, T>(string path, TBody body, Func<HttpResponseMessage, Task<T?>> read, CancellationToken cancellationToken) where T : class =>
        Send(chat => calls.Post(chat, path, body), read, cancellationToken);

    private async Task<T?> Send<T>(Func<Uri, HttpRequestMessage> compose, Func<HttpResponseMessage, Task<T?>> read, CancellationToken cancellationToken) where T : class
    {
        foreach (var chat in configuration.GetSection("services:chat:http").GetChildren().Select(child => child.Value).OfType<string>())
        {
            using var request = compose(new Uri(chat));
            try
            {
                using var response = await clients.CreateClient(Client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                if (await read(response) is { } answer) return answer;
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException)
            {
                // The next one.
            }
        }
        return null;
    }
}
