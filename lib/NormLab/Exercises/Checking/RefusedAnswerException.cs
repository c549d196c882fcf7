namespace NormLab.Exercises;

/// <summary>An answer gave something that cannot be compared; the message tells the reader what.</summary>
internal sealed class RefusedAnswerException(string message) : Exception(message);

/// <summary>Thrown by <see cref="Exercise.Todo{T}"/>.</summary>
internal sealed class NotAnsweredException() : Exception("This exercise is not answered yet.");
