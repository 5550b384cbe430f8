using Microsoft.EntityFrameworkCore;

namespace Assistify.AnalyticsService;

/// <summary>Carries the migrations. The log is written by group commits and read by aggregates, both plain SQL, so nothing is mapped.</summary>
public sealed class AnalyticsDbContext(DbContextOptions<AnalyticsDbContext> options) : DbContext(options);
