using Microsoft.EntityFrameworkCore;

namespace Assistify.ChannelService;

/// <summary>
/// Carries the migrations of <c>channeldb</c>. There is no entity: every table here lies on the path of a message and is
/// used by batched SQL (<see cref="Webhooks.WebhookStore"/>, <see cref="Deliveries.Ledger"/>).
/// </summary>
public sealed class ChannelDbContext(DbContextOptions<ChannelDbContext> options) : DbContext(options);
