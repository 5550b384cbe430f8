using Microsoft.EntityFrameworkCore;

namespace Assistify.ChatService;

/// <summary>
/// The history of the service's schema. It maps no entities: every table is read and written by hand-made SQL, many rows at a
/// time, and the migrations are plain SQL too.
/// </summary>
public sealed class ChatDbContext(DbContextOptions<ChatDbContext> options) : DbContext(options);
